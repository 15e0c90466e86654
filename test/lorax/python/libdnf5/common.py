QueryCmp_EQ = 1
QueryCmp_GLOB = 2
