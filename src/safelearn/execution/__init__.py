"""Where safelearn starts processes: notebooks in a kernel, and JupyterLab. Nothing else does."""
