"""The review pack: every statement of the guide with what it rests on, to be read and signed."""
