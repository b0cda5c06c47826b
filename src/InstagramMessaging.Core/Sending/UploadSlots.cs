using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Core.Sending;

/// <summary>Room for some files on their way at the same time: more of them would only be slower, each for itself.</summary>
/// <param name="count">How many, at least 1.</param>
/// <param name="inlineContinuations">Whether who waits goes on inside <see cref="Leave"/>.</param>
internal sealed class UploadSlots(int count, bool inlineContinuations)
{
    private readonly object _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _line = new();
    private int _free = count;

    /// <summary>Waits for room; every room that is given is given back by <see cref="Leave"/>.</summary>
    /// <exception cref="System.OperationCanceledException">Stopped first.</exception>
    public async Task EnterAsync(CancellationToken stop)
    {
        TaskCompletionSource<bool> place;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            place = new TaskCompletionSource<bool>(inlineContinuations ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
            _line.AddLast(place);
        }

        using (stop.Register(() => GiveUp(place, stop)))
            await place.Task.ConfigureAwait(false);
    }

    public void Leave()
    {
        TaskCompletionSource<bool> next;
        lock (_lock)
        {
            if (_line.First is not { } first)
            {
                _free++;
                return;
            }

            next = first.Value;
            _line.RemoveFirst();
        }

        next.SetResult(true);
    }

    /// <summary>Whoever is no longer in line has been given room, and gives it back.</summary>
    private void GiveUp(TaskCompletionSource<bool> place, CancellationToken stop)
    {
        lock (_lock)
        {
            if (!_line.Remove(place))
                return;
        }

        place.TrySetCanceled(stop);
    }
}
