# METADATA
# title: Endpoints in the default namespace
# description: Endpoints that lie in the namespace default, or name none.
# scope: package
# custom:
#   kinds: [Endpoints]
package armo_builtins

import data.holdfast.lib.default_namespace
import rego.v1

# The address of the API server.
deny contains finding if some finding in default_namespace.findings({"kubernetes"})
