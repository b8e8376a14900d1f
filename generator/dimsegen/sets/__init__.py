"""What a change of a table does to senders and receivers, by set arithmetic."""
