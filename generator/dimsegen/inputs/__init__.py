"""What the words `[OLD] [NEW]` name: files, folders and commits."""
