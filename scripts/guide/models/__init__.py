"""What each kind of data may say. One model per component, all frozen and strict."""
