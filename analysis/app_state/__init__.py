"""How an app stands: by the incidents and what was read of it, and as the overview shows it."""
