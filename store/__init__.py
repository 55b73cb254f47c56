"""The records of a workspace, the rules they follow, and the one door through which they change."""
