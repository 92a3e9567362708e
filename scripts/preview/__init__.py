"""The preview: a server, and a second process that builds what the server shows."""
