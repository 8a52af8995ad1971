namespace GeminiBalance.FakeGemini;

/// <summary>The faults in force. May be changed at any time.</summary>
public sealed class FakeKnobs
{
    private readonly Lock gate = new();
    private volatile Entry[] entries = [];

    /// <summary>The knobs in force, oldest first, with what is left of their <see cref="Knob.Times"/>.</summary>
    public IReadOnlyList<Knob> Current
    {
        get
        {
            lock (gate)
            {
                return [.. entries.Select(entry => entry.Knob with { Times = entry.Left })];
            }
        }
    }

    /// <summary>Adds a knob.</summary>
    public void Add(Knob knob)
    {
        lock (gate)
        {
            entries = [.. entries, new Entry(knob) { Left = knob.Times }];
        }
    }

    /// <summary>Answers the next requests of this key, or of all, with an error.</summary>
    public void Fail(FakeErrorKind error, string? key = null, string? model = null, long? times = null) =>
        Add(new Knob { Error = error, Key = key, Model = model, Times = times });

    public void Clear()
    {
        lock (gate)
        {
            entries = [];
        }
    }

    /// <summary>What applies to this call, counting it against <see cref="Knob.Times"/>; null when nothing does.</summary>
    internal Knob? Take(FakeCall call)
    {
        if (entries.Length == 0)
        {
            return null;
        }

        lock (gate)
        {
            Knob? result = null;
            foreach (var entry in entries.Where(entry => entry.Knob.Matches(call)).OrderBy(entry => entry.Knob.Narrowness).ToArray())
            {
                result = result is null ? entry.Knob : entry.Knob.Over(result);
                if (entry.Left is { } left && (entry.Left = left - 1) <= 0)
                {
                    entries = [.. entries.Where(other => other != entry)];
                }
            }

            return result;
        }
    }

    private sealed class Entry(Knob knob)
    {
        public Knob Knob { get; } = knob;

        public long? Left { get; set; }
    }
}
