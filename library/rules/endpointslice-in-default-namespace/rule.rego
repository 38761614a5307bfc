# METADATA
# title: EndpointSlices in the default namespace
# description: EndpointSlices that lie in the namespace default, or name none.
# scope: package
# custom:
#   kinds: [discovery.k8s.io/EndpointSlice]
package armo_builtins

import data.holdfast.lib.default_namespace
import rego.v1

# The address of the API server. Its labels may be copied by anybody, its name in this namespace is taken.
deny contains finding if some finding in default_namespace.findings({"kubernetes"})
