/* The proof of work of the sign-in page, computed in the browser by vendored ALTCHA; its worker is a file of this site. */

import "./vendu/altcha/altcha.js";
import "./vendu/altcha/fr-fr.js";

const WORKER = new URL("./vendu/altcha/pbkdf2.js", import.meta.url);

globalThis.$altcha.algorithms.set("PBKDF2/SHA-256", () => new Worker(WORKER));
globalThis.$altcha.defaults.set({ hideFooter: true, auto: "off" });
