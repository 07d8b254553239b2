"""The practices that come with Renda, one package each; none imports another."""
