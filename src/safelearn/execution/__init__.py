"""Where safelearn starts processes: for notebooks, for jobs side by side, and for JupyterLab. Nothing else does."""
