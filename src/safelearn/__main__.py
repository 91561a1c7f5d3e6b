"""``python -m safelearn``."""

from safelearn.cli import main

if __name__ == "__main__":
    main()
