// Command opa-eval evaluates rules with OPA as a library, a few iterations at a time, so that another engine can take turns with it.
//
//	opa-eval JOB.json
//
// The job names the documents under `data`, how many milliseconds an evaluation may take (0 for any number), and for each rule its name, the
// file of its input, its query and its modules (a name and the text each). The first line of standard output tells the versions. Then each line
// of standard input asks for something, and is answered with a line of JSON:
//
//	run NAME ITERATIONS   evaluates a rule; the answer has what each iteration took by the clock and of the processor's time, and whether the last
//	                      was ended because it took too long, which no other follows
//	findings NAME FILE    writes what the rule's last iteration yielded to a file
//
// A rule is prepared, and its input is parsed, when it is asked for first.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/version"
)

type job struct {
	Data    map[string]any `json:"data"`
	Longest float64        `json:"longest"`
	Rules   []rule         `json:"rules"`
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

// versions is the first line of the output.
type versions struct {
	Version string `json:"version"`
	Go      string `json:"go"`
}

// samples are what iterations took, in order, in milliseconds.
type samples struct {
	Clock []float64 `json:"clock"`
	// Of all threads of this process: collecting garbage counts.
	Processor []float64 `json:"processor"`
	// Whether the last iteration was ended before it had found anything.
	Ended bool `json:"ended"`
}

// prepared is a rule that can be evaluated.
type prepared struct {
	query    rego.PreparedEvalQuery
	input    ast.Value
	longest  time.Duration
	findings any
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
	rules := map[string]rule{}
	for _, each := range todo.Rules {
		rules[each.Name] = each
	}
	answers := json.NewEncoder(os.Stdout)
	if err := answers.Encode(versions{version.Version, runtime.Version()}); err != nil {
		return err
	}
	inputs := map[string]ast.Value{}
	known := map[string]*prepared{}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if len(words) != 3 {
			return fmt.Errorf("not understood: %s", lines.Text())
		}
		what, name, last := words[0], words[1], words[2]
		one, found := known[name]
		if !found {
			asked, exists := rules[name]
			if !exists {
				return fmt.Errorf("there is no rule %s", name)
			}
			made, err := prepare(todo, asked, inputs)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			one = made
			known[name] = one
		}
		answer, err := answerTo(what, last, one)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
	return nil
}

func answerTo(what, last string, one *prepared) (any, error) {
	switch what {
	case "run":
		iterations, err := strconv.Atoi(last)
		if err != nil {
			return nil, err
		}
		return one.measure(iterations)
	case "findings":
		text, err := json.Marshal(one.findings)
		if err != nil {
			return nil, err
		}
		return true, os.WriteFile(last, text, 0o644)
	}
	return nil, fmt.Errorf("not understood: %s", what)
}

// prepare parses a rule's input, unless another rule has the same, and compiles its modules.
func prepare(todo job, each rule, inputs map[string]ast.Value) (*prepared, error) {
	input, parsed := inputs[each.Input]
	if !parsed {
		var raw any
		if err := readJSON(each.Input, &raw); err != nil {
			return nil, err
		}
		value, err := ast.InterfaceToValue(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", each.Input, err)
		}
		inputs[each.Input] = value
		input = value
	}
	options := []func(*rego.Rego){
		rego.Query(each.Query),
		rego.SetRegoVersion(ast.RegoV1),
		rego.Store(inmem.NewFromObject(todo.Data)),
	}
	for _, one := range each.Modules {
		options = append(options, rego.Module(one.File, one.Text))
	}
	query, err := rego.New(options...).PrepareForEval(context.Background())
	if err != nil {
		return nil, err
	}
	longest := time.Duration(todo.Longest * float64(time.Millisecond))
	return &prepared{query: query, input: input, longest: longest, findings: []any{}}, nil
}

// measure times the evaluation alone, up to plain Go values: parsing, compiling, and writing the findings are outside.
func (one *prepared) measure(iterations int) (samples, error) {
	var taken samples
	for range iterations {
		runtime.GC()
		ctx, cancel := one.allowed()
		used := processorTime()
		begun := time.Now()
		results, err := one.query.Eval(ctx, rego.EvalParsedInput(one.input))
		taken.Clock = append(taken.Clock, millis(time.Since(begun)))
		taken.Processor = append(taken.Processor, millis(processorTime()-used))
		taken.Ended = err != nil && ctx.Err() != nil
		cancel()
		if taken.Ended {
			return taken, nil
		}
		if err != nil {
			return samples{}, err
		}
		if len(results) > 0 {
			one.findings = results[0].Expressions[0].Value
		}
	}
	return taken, nil
}

// allowed is a context that ends when an evaluation has taken too long.
func (one *prepared) allowed() (context.Context, context.CancelFunc) {
	if one.longest <= 0 {
		return context.WithCancel(context.Background())
	}
	return context.WithTimeout(context.Background(), one.longest)
}

// processorTime is what all threads of this process have used so far.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
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
