"""The Gradio page at `/`: it talks to the same service object as the API."""
