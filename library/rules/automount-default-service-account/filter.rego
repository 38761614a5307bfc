# METADATA
# title: What is judged
# description: The service accounts that pods have which name none.
# scope: package
package armo_builtins

import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [account]}} if {
	some account in input
	account.metadata.name == "default"
}
