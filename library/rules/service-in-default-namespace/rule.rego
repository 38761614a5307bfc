# METADATA
# title: Services in the default namespace
# description: Services that lie in the namespace default, or name none.
# scope: package
# custom:
#   kinds: [Service]
package armo_builtins

import data.holdfast.lib.default_namespace
import rego.v1

# The API server, as pods reach it.
deny contains finding if some finding in default_namespace.findings({"kubernetes"})
