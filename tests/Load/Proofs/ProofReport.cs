using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Proofs;

/// <summary>What a proof has to say, line by line as it comes.</summary>
internal sealed class ProofReport(TextWriter output)
{
    private readonly Lock gate = new();

    /// <summary>Whether nothing has failed so far.</summary>
    public bool Holds { get; private set; } = true;

    /// <summary>A figure, or something that happened.</summary>
    public void Note(string line)
    {
        lock (gate)
        {
            output.WriteLine($"     {line}");
        }
    }

    public void Add(bool holds, string text)
    {
        lock (gate)
        {
            Holds &= holds;
            output.WriteLine($"{(holds ? "PASS" : "FAIL")} {text}");
        }
    }

    public void Add(Check check) => Add(check.Holds, check.Text);
}
