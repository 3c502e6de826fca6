"""The loss by the logits."""
