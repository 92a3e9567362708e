"""How a built folder is served: headers, and ready settings for the servers of web teams."""
