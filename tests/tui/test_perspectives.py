"""The contract of perspectives, held by every lens there is."""

from contract_perspectives import *  # noqa: F403
