"""The register: licence files and their facts, kept append-only in the database; replay, projection, retention.

Nobody else writes facts. Start with `ecriture` (open a file, record facts), `lecture` (read one, always with who reads
and why), `recherche` (find one) and `verification` (prove that nothing was changed). docs/adr/0008-registre.md says
why.
"""
