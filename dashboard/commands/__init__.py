"""Sub-commands of `incidents`, one per file, each as a click command named ``command``."""
