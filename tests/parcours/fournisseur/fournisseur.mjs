// The certified oidc-provider (npm), configured as FranceConnect and ProConnect configure theirs: the same engine, so the
// independent second implementation for the tests. Started by fournisseur.py with its settings on standard input:
//   {"genre": "franceconnect" | "proconnect", "client": {id, secret, retours, sorties}, "personnes": {name: claims}}
// It answers {"issuer": …} on standard output once it listens, on a free port of this machine, and ends with its parent.

import { createHash, generateKeyPairSync, randomBytes, webcrypto } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { Provider } from 'oidc-provider'

// Debian 12 has Node 18, where these two are still missing; the engine needs nothing else.
globalThis.crypto ??= webcrypto
URL.parse ??= (adresse, base) => (URL.canParse(adresse, base) ? new URL(adresse, base) : null)

const BASE = '/api/v2'
const CIVILES = ['given_name', 'given_name_array', 'family_name', 'birthdate', 'gender']
const NAISSANCE = ['birthplace', 'birthcountry']
const seuls = (...noms) => Object.fromEntries(noms.map((nom) => [nom, [nom]]))
const GENRES = {
  franceconnect: {
    acr: ['eidas1'],
    faute: 'Y030007',
    obligatoires: ['acr_values'],
    facultatifs: ['claims', 'prompt', 'idp_hint', 'ui_locales'],
    prompts: ['login', 'consent', 'login consent', 'consent login'],
    nonce: 22,
    code: 30,
    claims: {
      identite_pivot: [...CIVILES, ...NAISSANCE],
      profile: [...CIVILES, 'preferred_username'],
      birth: NAISSANCE,
      ...seuls(...CIVILES.filter((nom) => nom !== 'given_name_array'), ...NAISSANCE, 'email', 'preferred_username'),
    },
  },
  proconnect: {
    acr: ['eidas0', 'eidas0-mfa', 'eidas1', 'eidas1-mfa', 'eidas2', 'eidas3'],
    faute: 'Y000400',
    obligatoires: [],
    facultatifs: ['claims', 'prompt', 'idp_hint', 'login_hint', 'siret_hint', 'acr_values', 'ui_locales'],
    prompts: ['none', 'login', 'consent', 'login consent', 'consent login'],
    nonce: 32,
    code: 60,
    claims: seuls('given_name', 'usual_name', 'email', 'uid', 'siret', 'idp_id', 'organization_label', 'roles'),
  },
}
const COMMUNS = ['client_id', 'response_type', 'redirect_uri', 'scope', 'state', 'nonce']

const reglages = JSON.parse(await text(process.stdin))
const genre = GENRES[reglages.genre]
const personnes = reglages.personnes

function signingKey(genreDeCle, options, alg) {
  const { privateKey } = generateKeyPairSync(genreDeCle, options)
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg, kid: randomBytes(8).toString('hex') }
}

function configuration() {
  const scopes = Object.keys(genre.claims)
  return {
    clients: [{
      client_id: reglages.client.id,
      client_secret: reglages.client.secret,
      redirect_uris: reglages.client.retours,
      post_logout_redirect_uris: reglages.client.sorties,
      response_types: ['code'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_post',
      subject_type: 'pairwise',
      require_auth_time: true,
      id_token_signed_response_alg: 'ES256',
      userinfo_signed_response_alg: 'ES256',
    }],
    jwks: {
      keys: [signingKey('ec', { namedCurve: 'P-256' }, 'ES256'), signingKey('rsa', { modulusLength: 2048 }, 'RS256')],
    },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (ctx, accountId) => createHash('sha256').update(`tests|${accountId}`).digest('hex') + 'v1',
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      jwtUserinfo: { enabled: true },
      claimsParameter: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource: logoutSource },
    },
    pkce: { required: () => false },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_post'],
    acrValues: genre.acr,
    scopes: ['openid', ...scopes],
    claims: { openid: ['sub'], ...genre.claims, acr: null, amr: null, auth_time: null },
    ttl: { AuthorizationCode: genre.code, AccessToken: 60, IdToken: 60, Interaction: 1800, Session: 1800, Grant: 1800 },
    extraParams: ['idp_hint', 'siret_hint'],
    conformIdTokenClaims: true,
    interactions: { url: (ctx, interaction) => `${BASE}/interaction/${interaction.uid}` },
    findAccount: (ctx, accountId) => ({
      accountId,
      claims: () => ({ ...personnes[accountId].claims, sub: accountId }),
    }),
    loadExistingGrant,
  }
}

async function loadExistingGrant(ctx) {
  const grant = new ctx.oidc.provider.Grant({
    clientId: ctx.oidc.client.clientId,
    accountId: ctx.oidc.session.accountId,
  })
  grant.addOIDCScope(['openid', ...Object.keys(genre.claims)].join(' '))
  grant.addOIDCClaims(['acr', 'amr', 'auth_time', ...new Set(Object.values(genre.claims).flat())])
  await grant.save()
  return grant
}

// Signing out asks nothing: the form that the engine makes is sent at once, by a button that any client can press.
async function logoutSource(ctx, form) {
  ctx.body = `<!DOCTYPE html><html lang="fr"><title>Sortie</title>${form ?? ''}
    <button form="op.logoutForm" name="logout" value="yes" autofocus>Se déconnecter</button></html>`
}

// FranceConnect refuses, on a page of its own, any parameter that it does not know.
function wrongParameters(parametres) {
  const obligatoires = [...COMMUNS, ...genre.obligatoires]
  const connus = new Set([...obligatoires, ...genre.facultatifs])
  return [...parametres.keys()].some((nom) => !connus.has(nom) || parametres.getAll(nom).length > 1)
    || obligatoires.some((nom) => !parametres.get(nom))
    || parametres.get('nonce').length < genre.nonce
    || (parametres.has('prompt') && !genre.prompts.includes(parametres.get('prompt')))
}

function answer(res, statut, corps) {
  res.writeHead(statut, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  res.end(corps)
}

function page(uid) {
  const boutons = Object.entries(personnes)
    .map(([nom, personne]) => `<p><button name="personne" value="${nom}">${personne.nom_affiche}</button></p>`)
  return `<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>Fournisseur certifié</title>
    <h1>Qui voulez-vous être ?</h1><form method="post" action="${BASE}/interaction/${uid}">${boutons.join('')}
    <p><button name="annuler" value="oui">Revenir au site</button></p></form></html>`
}

async function interaction(req, res, uid) {
  if (req.method !== 'POST') return answer(res, 200, page(uid))
  const champs = new URLSearchParams(await text(req))
  const nom = champs.get('personne')
  if (!(nom in personnes)) {
    const abandon = { error: 'access_denied', error_description: 'User auth aborted' }
    return provider.interactionFinished(req, res, abandon, { mergeWithLastSubmission: false })
  }
  const { acr, amr } = personnes[nom]
  const login = { accountId: nom, acr, amr, remember: false }
  return provider.interactionFinished(req, res, { login, consent: {} }, { mergeWithLastSubmission: false })
}

const serveur = createServer(async (req, res) => {
  const url = new URL(req.url, 'http://127.0.0.1')
  const trouve = url.pathname.match(/^\/api\/v2\/interaction\/([\w-]+)$/)
  try {
    if (trouve) return await interaction(req, res, trouve[1])
    if (url.pathname === `${BASE}/authorize` && wrongParameters(url.searchParams)) {
      return answer(res, 400, `<title>Erreur</title><p>${genre.faute}</p>`)
    }
    if (url.pathname === `${BASE}/authorize` && !url.searchParams.has('prompt')) {
      req.url += '&prompt=login%20consent' // FranceConnect always shows its pages
    }
    req.originalUrl = req.url
    req.url = req.url.replace(BASE, '') || '/'
    provider.callback()(req, res)
  } catch (erreur) {
    answer(res, 400, `<title>Erreur</title><p>${erreur.name}</p>`)
  }
})
let provider
serveur.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${serveur.address().port}${BASE}`
  provider = new Provider(issuer, {
    ...configuration(),
    routes: { authorization: '/authorize', end_session: '/session/end', userinfo: '/userinfo', jwks: '/jwks', token: '/token' },
  })
  provider.on('server_error', (ctx, erreur) => console.error(erreur))
  process.stdout.write(`${JSON.stringify({ issuer })}\n`)
})
