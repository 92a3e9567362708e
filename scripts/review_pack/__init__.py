"""Build the review pack: every statement of the guide with its evidence, for review and signing."""
