"""The widgets of the app: each draws lines, and redraws only those that changed."""
