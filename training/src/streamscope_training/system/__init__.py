"""What this package needs of the machine: whole files, checkpoints, priority, a terminal."""
