"""The same answers on a Spark cluster: the functions of the single machine, called on Arrow batches.

docs/how-to/spark.md says how to run it and how large a cluster must be.
PySpark is an optional extra (`pip install permis[spark]`), and needs Java. Nothing else imports this package.
"""
