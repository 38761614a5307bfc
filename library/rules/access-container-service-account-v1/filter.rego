# METADATA
# title: What is judged
# description: Service accounts; users and groups don't run in containers.
# scope: package
package armo_builtins

import rego.v1

deny contains {"alertObject": {"externalObjects": subject}} if {
	some subject in input
	subject.kind == "ServiceAccount"
}
