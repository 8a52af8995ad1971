namespace GeminiBalance.FakeGemini;

/// <summary>What a person sees at <c>GET /</c> and with <c>--help</c>.</summary>
internal static class Help
{
    public const string Text = """
        A fake Gemini API. It answers by what the last user text contains:

          [[think]]            thoughts before the answer       [[image]]            a PNG
          [[tool]] [[tool N]]  a call, in N turns one by one    [[search]]           grounding metadata
          [[parallel N]]       N calls at once                  [[code]]             code and its result
          [[call NAME {json}]] that call; more, in turn         [[tool 0]]            no call
          [[args {json}]]      the arguments of those calls     [[json]]             JSON, as the schema says
          [[long N]]           N chunks                         [[max]]              MAX_TOKENS without parts
          [[safety]]           candidate stopped by SAFETY      [[safety]] [[late]]  the same after some text
          [[block REASON]]     promptFeedback, no candidates    [[finish REASON]]    any finish reason
          [[empty]]            an answer without text           [[malformed]]        MALFORMED_FUNCTION_CALL
          [[cached]]           half the prompt was cached       [[system]]           echoes the system text
          [[wait MS]]          a pause before the first byte    [[pace MS]]          a pause between events

        Declared functions are also called when the text names them. Anything else is echoed.

          GET  /__stats[?detail=1]      what happened: violations, maxima in any 60 s, aborted calls
          POST /__reset                 forget it
          GET, POST /__knobs            faults to inject; POST one or a list, ?replace=1 drops the others

        """;

    public const string Options = """
        dotnet run --project tests/FakeGemini -- [options]

          --port N          TCP port (default 9090, 0 takes a free one)
          --any-address     listens beyond this machine, as in a container
          --keys N          number of keys (default 3)
          --keys-per-project N  so many keys in a row share the quotas of one project (default 1)
          --rpm N           requests per minute, key and model (default 5, 0 is unlimited)
          --tpm N           input tokens per minute, key and model (default unlimited)
          --rpd N           requests per Pacific day, key and model (default unlimited)
          --models a,b      more model names
          --seed N          other keys, ids and latencies (default 1)
          --accept-any-key  every credential is good
          --accept-unknown-fields
          --count-only      count what exceeds limits, and answer it all the same
          --no-enforce      keep no windows at all: for benchmarks
          --help

        """;
}
