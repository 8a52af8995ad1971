using System.Collections.Concurrent;

namespace GeminiBalance.Conformance.Tests.Hosts;

/// <summary>Keeps every log line of every category and level, with its scopes and exception.</summary>
internal sealed class LogSink : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyList<string> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        lines.Enqueue($"scope {Text(state)}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel} {eventId} {formatter(state, exception)} {Text(state)} {exception}");

    public void Dispose()
    {
    }

    // A structured sink writes the values too, also those that the message leaves out.
    private static string Text(object? state) =>
        state is IEnumerable<KeyValuePair<string, object?>> values ? $"{state} {string.Join(' ', values)}" : $"{state}";
}
