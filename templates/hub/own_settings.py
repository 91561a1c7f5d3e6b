"""Your own settings of the hub, read last. safelearn never writes over this file."""

c = get_config()  # noqa: F821
