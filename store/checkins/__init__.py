"""Check-ins: what is gathered before one, what is said in it, what its verdicts do, and who calls for it."""
