"""Prints the number of rows of trace_scores in an Iceberg catalog.

usage: count_scores.py PROPERTY=VALUE...
"""

import sys

from pyiceberg.catalog import load_catalog

catalog = load_catalog("syscall", **dict(argument.split("=", 1) for argument in sys.argv[1:]))
print(catalog.load_table("syscall_anomaly.trace_scores").scan().to_arrow().num_rows)
