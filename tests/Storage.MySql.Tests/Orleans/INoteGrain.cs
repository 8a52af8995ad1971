namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>A grain with a state and a reminder.</summary>
public interface INoteGrain : IGrainWithStringKey
{
    Task<string?> ReadAsync();

    Task WriteAsync(string text);

    Task ClearAsync();

    Task RemindAsync(string name);

    Task<string[]> ForgetRemindersAsync();
}
