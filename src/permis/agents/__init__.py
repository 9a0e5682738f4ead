"""Surface of the State's agents: what waits for an answer, who a person is, who may do what. It decides no law."""
