"""What an editor of the content works with: places, to-do lists, stubs, reviews and a preview."""
