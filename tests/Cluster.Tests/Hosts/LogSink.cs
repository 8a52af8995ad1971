namespace GeminiBalance.Cluster.Tests.Hosts;

/// <summary>Keeps every log line, with its scope and exception, as an operator would read it, and lets tests wait for one.</summary>
internal sealed class LogSink : ILoggerProvider, ILogger
{
    /// <summary>The longest wait for a line.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly List<(int EventId, string Text)> lines = [];
    private readonly List<(Func<int, string, bool> Matches, TaskCompletionSource Found)> waits = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
            {
                return [.. lines.Select(line => line.Text)];
            }
        }
    }

    /// <summary>Forgets the lines so far, so that the next wait is for a new one.</summary>
    public int Mark()
    {
        lock (gate)
        {
            return lines.Count;
        }
    }

    /// <summary>Waits for a line with this number, among those after the mark.</summary>
    public async Task WaitAsync(int eventId, int mark = 0, string text = "")
    {
        var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool Matches(int id, string line) => id == eventId && line.Contains(text, StringComparison.Ordinal);
        lock (gate)
        {
            if (lines.Skip(mark).Any(line => Matches(line.EventId, line.Text)))
            {
                return;
            }

            waits.Add((Matches, found));
        }

        try
        {
            await found.Task.WaitAsync(WaitMax);
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException($"No line {eventId} '{text}' came. The log:\n{string.Join('\n', Lines.Skip(mark))}", failure);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Add(0, $"scope {state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Add(eventId.Id, $"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }

    private void Add(int eventId, string text)
    {
        lock (gate)
        {
            lines.Add((eventId, text));
            foreach (var wait in waits.Where(wait => wait.Matches(eventId, text)).ToList())
            {
                waits.Remove(wait);
                wait.Found.SetResult();
            }
        }
    }
}
