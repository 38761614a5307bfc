# METADATA
# title: ServiceAccounts in the default namespace
# description: ServiceAccounts that lie in the namespace default, or name none.
# scope: package
# custom:
#   kinds: [ServiceAccount]
package armo_builtins

import data.holdfast.lib.default_namespace
import rego.v1

# Every namespace has this account; the cluster makes it anew when it is deleted.
deny contains finding if some finding in default_namespace.findings({"default"})
