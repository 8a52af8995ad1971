namespace GeminiBalance.Storage.MySql;

/// <summary>What grows with calls and is deleted with age.</summary>
public enum LogTable
{
    Requests = 1,
    Errors = 2,
    Minutes = 3,
    Hours = 4,

    /// <summary>Minutes of single keys.</summary>
    KeyMinutes = 5,
}
