# METADATA
# title: Tenants who do not trust each other
# description: Asks a person whether tenants who do not trust each other share a cluster.
# scope: package
# custom:
#   kinds: []
#   needs: manual
package armo_builtins

import rego.v1

deny contains finding if {
	finding := {
		"alertMessage": "Only a person knows whether tenants who do not trust each other share this cluster",
		"alertObject": {"k8sApiObjects": []},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Give tenants who do not trust each other clusters of their own.",
	}
}
