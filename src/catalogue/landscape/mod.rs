claims! {}
