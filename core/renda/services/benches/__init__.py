"""What a ballot is before anybody votes: its bench, its sheet, its row in the database.

Below the one door, because an action may ask for a ballot; casting and counting stand above it, in
``renda.services.ballots``, because a count moves matters on.
"""
