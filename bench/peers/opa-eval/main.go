// Command opa-eval measures OPA as a library: it prepares each rule of a job once, evaluates it several times over an input that is parsed
// beforehand, and reports how long each evaluation took and what it yielded.
//
//	opa-eval JOB.json
//
// The job names the folder for the findings, the number of iterations, the documents under `data`, and for each rule its name, the file
// of its input, its query and its modules (a name and the text each). The report goes to standard output as JSON; the findings of a rule go to
// FOLDER/NAME.json.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/version"
)

type job struct {
	Findings   string         `json:"findings"`
	Iterations int            `json:"iterations"`
	Data       map[string]any `json:"data"`
	Rules      []rule         `json:"rules"`
}

type rule struct {
	Name    string   `json:"name"`
	Input   string   `json:"input"`
	Query   string   `json:"query"`
	Modules []module `json:"modules"`
}

type module struct {
	File string `json:"file"`
	Text string `json:"text"`
}

type report struct {
	Version string       `json:"version"`
	Go      string       `json:"go"`
	Rules   []ruleReport `json:"rules"`
}

type ruleReport struct {
	Name             string    `json:"name"`
	PrepareMillis    float64   `json:"prepareMillis"`
	IterationsMillis []float64 `json:"iterationsMillis"`
	Findings         int       `json:"findings"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: opa-eval JOB.json")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "opa-eval:", err)
		os.Exit(1)
	}
}

func run(jobFile string) error {
	var todo job
	if err := readJSON(jobFile, &todo); err != nil {
		return err
	}
	inputs := map[string]ast.Value{}
	out := report{Version: version.Version, Go: runtime.Version()}
	for _, each := range todo.Rules {
		input, parsed := inputs[each.Input]
		if !parsed {
			var raw any
			if err := readJSON(each.Input, &raw); err != nil {
				return err
			}
			value, err := ast.InterfaceToValue(raw)
			if err != nil {
				return fmt.Errorf("%s: %w", each.Input, err)
			}
			inputs[each.Input] = value
			input = value
		}
		measured, err := measure(todo, each, input)
		if err != nil {
			return fmt.Errorf("%s: %w", each.Name, err)
		}
		out.Rules = append(out.Rules, measured)
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

// measure times the evaluation alone, up to plain Go values: parsing, compiling, and writing the findings are outside.
func measure(todo job, each rule, input ast.Value) (ruleReport, error) {
	ctx := context.Background()
	options := []func(*rego.Rego){
		rego.Query(each.Query),
		rego.SetRegoVersion(ast.RegoV1),
		rego.Store(inmem.NewFromObject(todo.Data)),
	}
	for _, one := range each.Modules {
		options = append(options, rego.Module(one.File, one.Text))
	}
	begun := time.Now()
	prepared, err := rego.New(options...).PrepareForEval(ctx)
	if err != nil {
		return ruleReport{}, err
	}
	result := ruleReport{Name: each.Name, PrepareMillis: millis(time.Since(begun))}
	var findings any = []any{}
	for range todo.Iterations {
		runtime.GC()
		begun := time.Now()
		results, err := prepared.Eval(ctx, rego.EvalParsedInput(input))
		result.IterationsMillis = append(result.IterationsMillis, millis(time.Since(begun)))
		if err != nil {
			return ruleReport{}, err
		}
		if len(results) > 0 {
			findings = results[0].Expressions[0].Value
		}
	}
	if list, ok := findings.([]any); ok {
		result.Findings = len(list)
	}
	text, err := json.Marshal(findings)
	if err != nil {
		return ruleReport{}, err
	}
	return result, os.WriteFile(filepath.Join(todo.Findings, each.Name+".json"), text, 0o644)
}

func readJSON(file string, into any) error {
	opened, err := os.Open(file)
	if err != nil {
		return err
	}
	defer opened.Close()
	decoder := json.NewDecoder(opened)
	decoder.UseNumber()
	return decoder.Decode(into)
}

func millis(taken time.Duration) float64 { return float64(taken.Nanoseconds()) / 1e6 }
