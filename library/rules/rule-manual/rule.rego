# METADATA
# title: For a person to judge
# description: Says that no object shows what is asked, so that a person must look.
# scope: package
# custom:
#   kinds: []
#   needs: manual
package armo_builtins

import rego.v1

deny contains finding if {
	finding := {
		"alertMessage": "Only a person can judge this; the page of the control says what to look at",
		"alertObject": {"k8sApiObjects": []},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "The page of the control says what to look at and what to do.",
	}
}
