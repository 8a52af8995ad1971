using GeminiBalance.Gateway.CallLog;
using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Storage;

/// <summary>An insert into one of the logs, prepared once for many rows.</summary>
internal sealed class CallLogCommand : IDisposable
{
    private const string Columns = "time, key_id, model, face, client_id, number, is_stream, outcome, status, latency_ms, prompt_tokens, output_tokens";
    private const string Values = "$time, $key_id, $model, $face, $client_id, $number, $is_stream, $outcome, $status, $latency_ms, $prompt_tokens, $output_tokens";
    private readonly SqliteCommand command;

    private CallLogCommand(SqliteConnection connection, SqliteTransaction transaction, string text)
    {
        command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text is a constant of this program.
        command.CommandText = text;
#pragma warning restore CA2100
    }

    public static CallLogCommand ForRequests(SqliteConnection connection, SqliteTransaction transaction) =>
        new(connection, transaction, $"INSERT INTO request_log ({Columns}) VALUES ({Values})");

    public static CallLogCommand ForErrors(SqliteConnection connection, SqliteTransaction transaction) =>
        new(connection, transaction, $"INSERT INTO error_log ({Columns}, detail, message, request_body) VALUES ({Values}, $detail, $message, $request_body)");

    public void Write(in LoggedAttempt attempt)
    {
        Bind(attempt);
        command.ExecuteNonQuery();
    }

    public void Write(LoggedError error)
    {
        Bind(error.Attempt);
        Set("$detail", error.Detail);
        Set("$message", error.Message);
        Set("$request_body", error.RequestBody);
        command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();

    private void Bind(in LoggedAttempt attempt)
    {
        Set("$time", attempt.Time.ToUnixTimeMilliseconds());
        Set("$key_id", attempt.KeyId.Value);
        Set("$model", attempt.Model);
        Set("$face", (int)attempt.Face);
        Set("$client_id", attempt.ClientId);
        Set("$number", attempt.Number);
        Set("$is_stream", attempt.IsStream);
        Set("$outcome", (int)attempt.Outcome);
        Set("$status", attempt.Status);
        Set("$latency_ms", attempt.LatencyMs);
        Set("$prompt_tokens", attempt.PromptTokens);
        Set("$output_tokens", attempt.OutputTokens);
    }

    private void Set(string name, object? value)
    {
        var parameter = command.Parameters.Contains(name) ? command.Parameters[name] : command.Parameters.Add(new SqliteParameter { ParameterName = name });
        parameter.Value = value ?? DBNull.Value;
    }
}
