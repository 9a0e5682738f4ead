-- The two main rules, in sets: withdrawals; the lone point after six months; full reconstitution after two or three
-- years. Twelve points at the start, no other rule. One row a licence that has an offence; $le is the day.
--
-- A term matures when nothing was committed in it (commise_ensuite: the first offence committed after the réalité) and
-- nothing established before its end (prochaine). It lasts two years or three by the classes since the last one that
-- matured: each term depends on the one before, which a window cannot follow. What saves it: a gap of three years ends
-- any memory (coupe), and between two such gaps a term of two years matures only while no grave offence has come yet.
-- Change one delay, and this is to be found again.
with retraits as (
    select cle, fait.date as commise, fait.seconde_date as realite, fait.valeur as points, fait.nature >= 3 as grave,
           (fait.seconde_date + interval 24 month)::date as deux_ans,
           (fait.seconde_date + interval 36 month)::date as trois_ans,
           (fait.seconde_date + interval 6 month)::date as six_mois
    from (select cle, unnest(faits) as fait from licences)
    where fait.type = 2 and fait.valeur > 0 and fait.seconde_date <= $le
      and coalesce(fait.decide_le, fait.seconde_date) <= $le
),
suivis as (
    select r.*, s.commise as commise_ensuite,
           lead(r.realite) over suite as prochaine, row_number() over suite as rang
    from retraits r
    asof left join (select cle, commise from retraits) s on r.cle = s.cle and s.commise > r.realite
    window suite as (partition by r.cle order by r.realite, r.points desc, r.commise)
),
coupes as (
    select *, coalesce(prochaine >= trois_ans, true) and coalesce(commise_ensuite > trois_ans, true) as coupe
    from suivis
),
segments as (
    select *, coalesce(sum(coupe::int) over (
        partition by cle order by rang rows between unbounded preceding and 1 preceding
    ), 0) as segment
    from coupes
),
echeances as (
    select *, if(bool_or(grave) over (
        partition by cle, segment order by rang rows unbounded preceding
    ), trois_ans, deux_ans) as echeance
    from segments
),
juges as (
    select *, points = 1 and six_mois <= $le and coalesce(commise_ensuite > six_mois, true) as revenu,
           echeance <= $le and coalesce(prochaine >= echeance, true)
               and coalesce(commise_ensuite > echeance, true) as rendu
    from echeances
),
effaces as (
    select *, bool_or(rendu) over (partition by cle order by rang desc rows unbounded preceding) as efface
    from juges
)
select cle, greatest(0, 12 - coalesce(sum(points) filter (not efface and not revenu), 0))::tinyint as solde
from effaces
group by cle
