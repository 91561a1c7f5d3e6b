"""A worker that imports the library once and forks for each notebook: no kernel to start, no sockets of zmq."""
