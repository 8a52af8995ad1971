namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>Rows to write.</summary>
internal static class LogSamples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);

    public static LogRow Row(int number, string key = "0000000000000001", int outcome = 1, int? status = 200, string model = "gemini-x") => new()
    {
        Time = Start.AddSeconds(number).UtcDateTime,
        KeyId = key,
        Model = model,
        Face = 2,
        ClientId = "client-1",
        Number = number,
        IsStream = number % 2 == 1,
        Outcome = outcome,
        Status = status,
        LatencyMs = 100 + number,
        PromptTokens = number,
        OutputTokens = null,
    };

    public static LogBatch Batch(
        string writer, long number, IReadOnlyList<LogRow>? requests = null, IReadOnlyList<LogRow>? errors = null, IReadOnlyList<CountRow>? minutes = null, IReadOnlyList<CountRow>? hours = null) =>
        new(writer, number, requests ?? [], errors ?? [], minutes ?? [], hours ?? []);
}
