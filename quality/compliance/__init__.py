"""Does an answer do what its prompt asks? One verifier a kind of ask; three results.

`satisfied`: some sensible reading of the ask holds. `violated`: none does. `unverifiable`: a program cannot tell, or a
limit was hit; never a pass.
"""
