from members.views.tokens import token_list, token_revocation

__all__ = ["token_list", "token_revocation"]
