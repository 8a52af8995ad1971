namespace GeminiBalance.Storage.MySql.Tests;

public sealed class NoteGrain([PersistentState("note", OrleansHost.Storage)] IPersistentState<NoteState> note) : Grain, INoteGrain, IRemindable
{
    public async Task<string?> ReadAsync()
    {
        await note.ReadStateAsync();
        return note.State.Text;
    }

    public Task WriteAsync(string text)
    {
        note.State.Text = text;
        return note.WriteStateAsync();
    }

    public Task ClearAsync() => note.ClearStateAsync();

    public Task RemindAsync(string name) => this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(1), TimeSpan.FromDays(40));

    public async Task<string[]> ForgetRemindersAsync()
    {
        var reminders = await this.GetReminders();
        foreach (var reminder in reminders)
        {
            await this.UnregisterReminder(reminder);
        }

        return [.. reminders.Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
