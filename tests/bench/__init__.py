"""ManyView's speed, size and bytes, each beside a named peer measured in the same run: ``python -m tests.bench``.

``python -m tests.bench NAME…`` runs some of the benches, ``--quick`` a small slice of each, ``--write`` keeps the table in
docs/figures.md.  Only ratios travel: the peer of a figure runs on the same machine, in turn with what is measured.
"""
